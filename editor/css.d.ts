declare module '*.css?inline' {
  const css: string;
  // eslint-disable-next-line no-restricted-exports -- it is what the bundler gives
  export default css;
}
