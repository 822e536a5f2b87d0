import type { ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { sendHtml, sendJson } from './answers.ts'
import { sendFile } from './console-files.ts'
import { describeApi } from './openapi-document.ts'

const swaggerFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const swaggerFiles = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Herald API</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`

/** A separate file, because the content policy forbids inline scripts. The validator would be a foreign server. */
const startScript = `SwaggerUIBundle({
  url: '/docs/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  tryItOutEnabled: true,
  validatorUrl: null,
})
`

/** Serves the interactive reference and its document, from local files only. Returns false when the path is neither. */
export async function serveDocs(response: ServerResponse, url: URL): Promise<boolean> {
  const name = /^\/docs(?:\/(.*))?$/.exec(url.pathname)?.[1]
  if (name === undefined && url.pathname !== '/docs') return false
  switch (name ?? '') {
    case '':
      sendHtml(response, 200, page)
      return true
    case 'openapi.json':
    case 'openapi.json/':
      sendJson(response, 200, await describeApi(url.origin))
      return true
    case 'start.js':
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(startScript)
      return true
    default:
      if (name === undefined || !swaggerFiles.includes(name)) return false
      await sendFile(response, join(swaggerFolder, name))
      return true
  }
}
