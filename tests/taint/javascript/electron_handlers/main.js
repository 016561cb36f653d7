// Electron: messages of pages to the main process.
const { app, BrowserWindow, ipcMain, shell } = require('electron');
const { exec } = require('child_process');
const fs = require('fs');
const path = require('path');

ipcMain.on('convert', (event, name) => {
  exec(`convert ${name} out.png`); // vuln: javascript-command-injection
  exec('convert in.png out.png'); // safe: javascript-command-injection
  event.reply('done', name);
});

ipcMain.handle('read', async (event, name, options) => {
  const file = path.join(app.getPath('userData'), path.basename(name));
  await fs.promises.readFile(file); // safe: javascript-path-traversal
  return fs.promises.readFile(path.join('/srv/notes', options.folder, name)); // vuln: javascript-path-traversal
});

ipcMain.handle('open', (event, link) => shell.openExternal(link)); // vuln: javascript-electron-address-from-input

ipcMain.handle('help', () => shell.openExternal('https://shop.example/help')); // safe: javascript-electron-address-from-input

app.whenReady().then(() => {
  const window = new BrowserWindow({ webPreferences: { preload: path.join(__dirname, 'preload.js') } });
  window.loadFile('index.html');
});
