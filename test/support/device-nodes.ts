/** The nodes that a board serves, for tests in an embedded Node-RED. */
import * as actuatorConfig from '../../nodes/actuator/config.ts';
import actuator from '../../nodes/actuator/node.ts';
import * as boardConfig from '../../nodes/board/config.ts';
import board from '../../nodes/board/node.ts';
import * as pinsConfig from '../../nodes/pins/config.ts';
import pins from '../../nodes/pins/node.ts';
import * as sensorConfig from '../../nodes/sensor/config.ts';
import sensor from '../../nodes/sensor/node.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';

export function registerDeviceNodes(red: Red, host: Host): void {
  board(red, host, boardConfig.palette);
  pins(red, host, pinsConfig.palette);
  sensor(red, host, sensorConfig.palette);
  actuator(red, host, actuatorConfig.palette);
}
