// Exit code 0 when the program in this container is ready. A projector of its own answers on its own port.
const { PORT = '3000', SAVOIRS_PROJECTOR_PORT } = process.env;

fetch(`http://127.0.0.1:${SAVOIRS_PROJECTOR_PORT || PORT}/health/ready`, { signal: AbortSignal.timeout(4000) }).then(
  ({ status }) => process.exit(status === 200 ? 0 : 1),
  () => process.exit(1),
);
