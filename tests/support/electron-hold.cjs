/**
 * Electron runs this before the program (`electron -r`). It holds the program back once Electron is ready, until the test
 * answers dialogs. An earlier dialog would open on the screen and wait for ever.
 */
const { app } = require('electron')

const { whenReady } = app
const mayStart = new Promise((resolve) => {
  globalThis.heraldMayStart = resolve
})
app.whenReady = () => mayStart.then(() => whenReady.call(app))
