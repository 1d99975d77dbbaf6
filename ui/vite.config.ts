import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'

/** The hosts serve a folder: its page must be called `index.html`, whatever the entry was called. */
function pageIsIndex(page: string): Plugin {
  return {
    name: 'palier-page-is-index',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const html = bundle[page]
      if (html) html.fileName = 'index.html'
    },
  }
}

// Two entries, each with an output of its own: `--mode field` (tablet) and `--mode console` (coordinator).
export default defineConfig(({ mode }) => {
  const entry = mode === 'console' ? 'console' : 'field'
  return {
    base: './',
    plugins: [svelte(), pageIsIndex(`${entry}.html`)],
    build: {
      outDir: `dist/${entry}`,
      emptyOutDir: true,
      target: ['chrome109', 'safari16'],
      // The CSP refuses `data:` fonts and inline scripts: every file stays a file.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: `${entry}.html` },
    },
  }
})
