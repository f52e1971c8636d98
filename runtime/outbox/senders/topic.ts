/** The MQTT topic of a message: `{stream}` and `{gateway}` in the template stand for their names. */
export function topicOf(template: string, names: { readonly stream: string; readonly gateway: string }): string {
  return template.replace(/\{(stream|gateway)\}/g, (_, name: 'stream' | 'gateway') => names[name]);
}
