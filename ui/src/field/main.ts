// Entry of the field app (tablet).

import '../shared/tokens.css'
import '../shared/base.css'
import { mount } from 'svelte'
import { chooseBackend } from '../backend'
import { followLinks } from '../shared/router'
import App from './App.svelte'
import { tablet } from './tablet.svelte'

followLinks()
const target = document.getElementById('app')
if (target) mount(App, { target })
void chooseBackend().then((backend) => tablet.start(backend))
