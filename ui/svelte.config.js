/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: {
    runes: true,
    // An accessibility warning is an error: `svelte-check --fail-on-warnings` and the build both stop.
    warningFilter: () => true,
  },
  onwarn(warning) {
    throw new Error(`${warning.filename ?? ''}: ${warning.code}: ${warning.message}`)
  },
}
