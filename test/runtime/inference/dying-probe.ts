/** A probe that dies of what it is asked to load, as ONNX Runtime's native library does of some models. */
process.once('message', () => {
  process.stderr.write('terminate called after throwing an instance of "Ort::Exception"\n', () => process.abort());
});
