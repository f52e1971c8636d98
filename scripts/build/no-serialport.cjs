// Stands in for the serialport package inside the bundled board worker: the board worker never opens a port itself.
module.exports = {};
