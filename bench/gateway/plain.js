// What a user has without Millrace: Node-RED without an editor, with the core nodes that its flow needs.
import { createServer } from 'node:http';
import express from 'express';
import RED from 'node-red';

const [userDir, excluded = ''] = process.argv.slice(2);
const app = express();
const server = createServer(app);
RED.init(server, {
  userDir,
  flowFile: 'flows.json',
  httpAdminRoot: false,
  httpNodeRoot: '/',
  disableEditor: true,
  nodesExcludes: excluded.split(',').filter((file) => file !== ''),
  credentialSecret: 'bench',
  telemetry: { enabled: false, updateNotification: false },
  logging: { console: { level: 'warn', metrics: false, audit: false } },
});
app.use('/', RED.httpNode);
RED.events.on('flows:started', () => process.stdout.write('the flow runs: \n'));
server.listen(0, '127.0.0.1', () => void RED.start());
process.on('SIGTERM', () => process.exit(0));
