// Entry of the console (coordinator).

import '../shared/tokens.css'
import '../shared/base.css'
import './console.css'
import { mount } from 'svelte'
import { followLinks } from '../shared/router'
import App from './App.svelte'
import { desk } from './desk.svelte'

followLinks()
const target = document.getElementById('app')
if (target) mount(App, { target })
void desk.start()
