function page(title: string, paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem }</style>
  </head>
  <body>
    <h1>Herald</h1>
${paragraphs.map((text) => `    <p${/[а-я]/.test(text) ? ' lang="ru"' : ''}>${text}</p>`).join('\n')}
  </body>
</html>
`
}

/** For a browser without the token. The console's own texts are not available before authentication. */
export const signInPage = page('Herald', [
  'To open Herald, use the link it printed at startup (the line that starts with <code>ready</code>).',
  'Откройте Herald по ссылке, которую он показал при запуске (строка, которая начинается с <code>ready</code>).',
])

/** For a program whose console is not built. */
export const unbuiltPage = page('Herald', [
  'The console is not built yet. Stop the program and start it with <code>npm run web</code>. The API already works: see the <a href="/docs/">reference</a>.',
  'Консоль ещё не собрана. Остановите программу и запустите её командой <code>npm run web</code>. API уже работает: см. <a href="/docs/">справочник</a>.',
])

/** Continues to `path` by a same-site step, so that the browser sends the cookie it has just received. */
export function continuePage(path: string): string {
  const address = path.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${address}"><title>Herald</title>`
}
