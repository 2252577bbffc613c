const { stopTestServer } = require('./test-server');

/** The tests are over, whoever still holds the server. */
module.exports = async () => {
  if (process.env.SAVOIRS_TEST_FOLDER) await stopTestServer(process.env.SAVOIRS_TEST_FOLDER);
};
