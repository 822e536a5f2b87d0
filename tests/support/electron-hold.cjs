/**
 * What Electron runs before the program (`electron -r`): it holds the program back once Electron is ready, until the test has taken the
 * system's place. A question that comes sooner would stand on the screen, where nobody answers it.
 */
const { app } = require('electron')

const { whenReady } = app
const mayStart = new Promise((resolve) => {
  globalThis.heraldMayStart = resolve
})
app.whenReady = () => mayStart.then(() => whenReady.call(app))
