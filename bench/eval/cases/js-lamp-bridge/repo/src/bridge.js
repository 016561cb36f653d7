const { exec } = require("node:child_process");

const DEVICE = process.env.DMX_DEVICE || "/dev/dmx0";

// dmxctl has no other interface than its command line
function dim(channel, level, done) {
  exec(`dmxctl -d ${DEVICE} set ${channel} ${level}`, { timeout: 2000 }, (error, stdout) => done(error, stdout));
}

module.exports = { dim };
