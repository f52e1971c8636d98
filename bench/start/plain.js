// What a user has without Millrace: Node-RED embedded in an Express 4 host, with its own core nodes.
import { createServer } from 'node:http';
import express from 'express';
import RED from 'node-red';

const [userDir, mode, excluded = ''] = process.argv.slice(2);
const app = express();
const server = createServer(app);
const headless = mode === 'headless';
RED.init(server, {
  userDir,
  flowFile: 'flows.json',
  httpAdminRoot: headless ? false : '/',
  httpNodeRoot: '/',
  disableEditor: headless,
  nodesExcludes: excluded.split(',').filter((file) => file !== ''),
  credentialSecret: 'bench',
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: { palette: { catalogues: [] }, tours: false },
  logging: { console: { level: 'off', metrics: false, audit: false } },
});
if (!headless) app.use('/', RED.httpAdmin);
app.use('/', RED.httpNode);
RED.events.on('flows:started', () => process.stdout.write('flows running\n'));
server.listen(0, '127.0.0.1', () => void RED.start());
process.on('SIGTERM', () => process.exit(0));
