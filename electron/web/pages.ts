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

/** For a browser that comes without the token. The console's own words are not at hand before the door is open. */
export const shutPage = page('Herald', [
  'This door opens with the link that the program printed when it started: the line that begins with <code>ready</code>.',
  'Эта дверь открывается ссылкой, которую программа напечатала при запуске: строка, что начинается с <code>ready</code>.',
])

/** For a program whose console was never built. */
export const unbuiltPage = page('Herald', [
  'The console is not built yet: stop the program and start it with <code>npm run web</code>. The API works meanwhile: <a href="/docs/">reference</a>.',
  'Консоль ещё не собрана: остановите программу и запустите её командой <code>npm run web</code>. API уже работает: <a href="/docs/">справочник</a>.',
])

/** Goes on to `path` by a step that the browser takes for our own, so that it sends the cookie it has just got. */
export function onwardPage(path: string): string {
  const address = path.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${address}"><title>Herald</title>`
}
