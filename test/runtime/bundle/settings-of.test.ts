import { describe, expect, it } from 'vitest';
import { packBundle } from '../../../runtime/bundle/index.ts';
import { settingsOf } from '../../../runtime/bundle/pack/settings-of.ts';
import { chain, packing } from '../../support/packing.ts';

const namesOf = (settings: readonly { readonly name: string }[]) => settings.map(({ name }) => name);

describe('secrets of a flow', () => {
  const flow = [
    ...chain({ type: 'upload', target: 'cloud' }),
    { id: 'cloud', type: 'target', name: 'cloud', kind: 'mqtt', credentials: { privateKey: 'inline secret' } },
    { id: 'store', type: 'target', name: '', kind: 's3' },
    { id: 'wide', type: 'target', name: 'Cloud!' },
  ];
  const credentials = {
    cloud: { username: 'me', password: 'hunter2' },
    store: { secretAccessKey: 'abc', accessKeyId: '${ACCESS}', token: '' },
    wide: { password: 'other secret' },
    gone: { password: 'of a node that is no more' },
  };

  it('become settings of the device, each with a name of its own', () => {
    expect(settingsOf(flow, credentials)).toEqual([
      {
        name: 'ACCESS',
        secret: true,
        use: 'access key id of the target node store',
        credential: { node: 'store', field: 'accessKeyId' },
      },
      {
        name: 'CLOUD_PASSWORD',
        secret: true,
        use: 'password of the target "cloud"',
        credential: { node: 'cloud', field: 'password' },
      },
      {
        name: 'CLOUD_PASSWORD_2',
        secret: true,
        use: 'password of the target "Cloud!"',
        credential: { node: 'wide', field: 'password' },
      },
      {
        name: 'CLOUD_PRIVATE_KEY',
        secret: true,
        use: 'private key of the target "cloud"',
        credential: { node: 'cloud', field: 'privateKey' },
      },
      {
        name: 'CLOUD_USERNAME',
        secret: true,
        use: 'username of the target "cloud"',
        credential: { node: 'cloud', field: 'username' },
      },
      {
        ...{ name: 'TARGET_SECRET_ACCESS_KEY', secret: true, use: 'secret access key of the target node store' },
        credential: { node: 'store', field: 'secretAccessKey' },
      },
    ]);
  });

  it('of two nodes may be one variable, which each of them is given', () => {
    const shared = { cloud: { password: '${SHARED}' }, wide: { password: '${SHARED}' }, store: { token: 'x' } };
    const nodes = [...flow, { id: 'said', type: 'debug', z: 'tab', topic: '${SHARED}' }];
    const found = settingsOf(nodes, { ...shared, n0: { topic: '${TARGET_TOKEN}' } });
    expect(found.map(({ name, secret, credential }) => [name, secret, credential?.node])).toEqual([
      ['CLOUD_PRIVATE_KEY', true, 'cloud'],
      ['SHARED', true, undefined],
      ['SHARED', true, 'cloud'],
      ['SHARED', true, 'wide'],
      ['TARGET_TOKEN', true, 'n0'],
      ['TARGET_TOKEN_2', true, 'store'],
    ]);
  });

  it('never stand in the bundle', async () => {
    const { bytes, manifest } = await packBundle(packing(flow, { credentials }));
    const text = Buffer.from(bytes).toString('latin1');
    for (const secret of ['hunter2', 'inline secret', 'other secret', 'abc"']) expect(text).not.toContain(secret);
    expect(manifest.settings).toEqual(settingsOf(flow, credentials));
  });
});

describe('variables of a flow', () => {
  it('are found wherever Node-RED looks for one', () => {
    const flow = chain(
      { type: 'mqtt in', topic: '${TOPIC}', info: '${NOT_SAID}', old: '$(OLD)' },
      {
        type: 'change',
        rules: [
          { t: 'set', to: 'RULE', tot: 'env' },
          { t: 'set', to: '$env("JSONATA")', tot: 'jsonata' },
        ],
      },
      { type: 'inject', props: [{ p: 'payload', v: 'at ${PLACE} in ${TOWN}', vt: 'env' }] },
      { type: 'function', func: 'return env.get(\'CODE\') + env.get("NR_NODE_NAME");' },
      { type: 'template', template: 'Hello {{env.PERSON}}, {{payload}}' },
      { type: 'debug', d: true, name: '${SWITCHED_OFF}' },
      { type: 'debug', text: 'costs ${5} and ${THIS} is plain text' },
    );
    const found = settingsOf(flow);
    expect(namesOf(found)).toEqual(['CODE', 'JSONATA', 'OLD', 'PERSON', 'PLACE', 'RULE', 'TOPIC', 'TOWN']);
    expect(found.every(({ secret }) => !secret)).toBe(true);
    expect(found.find(({ name }) => name === 'TOPIC')?.use).toBe('topic of the mqtt in node n0');
  });

  it('are none of the device where the flow sets them itself', () => {
    const flow = [
      { id: 'tab', type: 'tab', label: 'T', env: [{ name: 'OF_TAB', value: '1', type: 'str' }] },
      { id: 'group', type: 'group', z: 'tab', env: [{ name: 'OF_GROUP', value: 'FROM_DEVICE', type: 'env' }] },
      { id: 'in', type: 'debug', z: 'tab', g: 'group', a: '${OF_TAB}', b: '${OF_GROUP}', c: '${OF_ALL}' },
      { id: 'out', type: 'debug', z: 'tab', a: '${OF_GROUP}' },
      { id: 'all', type: 'global-config', env: [{ name: 'OF_ALL', value: '1', type: 'str' }] },
      { id: 'sub', type: 'subflow', name: 'S', env: [{ name: 'OF_SUBFLOW', value: '', type: 'str' }] },
      { id: 'use', type: 'subflow:sub', z: 'tab', env: [{ name: 'OF_INSTANCE', value: '1', type: 'str' }] },
      {
        id: 'inner',
        type: 'debug',
        z: 'sub',
        a: '${OF_SUBFLOW}',
        b: '${OF_INSTANCE}',
        c: '${OF_TAB}',
        d2: '${OUTSIDE}',
      },
      // Passed on under its own name: it comes from the device all the same.
      { id: 'other', type: 'tab', label: 'O', env: [{ name: 'PASSED', value: 'PASSED', type: 'env' }] },
      { id: 'asks', type: 'debug', z: 'other', a: '${PASSED}' },
    ];
    expect(namesOf(settingsOf(flow))).toEqual(['FROM_DEVICE', 'OF_GROUP', 'OUTSIDE', 'PASSED']);
  });

  it('that no device could set are told', async () => {
    const { manifest, warnings } = await packBundle(packing(chain({ topic: '${MY-TOPIC}' })));
    expect(manifest.settings).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'SETTING_NAME_UNFIT' }]);
  });
});
