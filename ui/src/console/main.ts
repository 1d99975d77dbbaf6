// Entry of the console (coordinator).

import '../shared/tokens.css'
import { mount } from 'svelte'
import App from './App.svelte'

const target = document.getElementById('app')
if (target) mount(App, { target })
