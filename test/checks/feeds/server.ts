/** The real API in a process of its own, which also tells its memory when asked. */
import { serve } from '#apps/api/serve';
import { livingBytes, serveInstallation } from '../runner/serve-installation';
import { plantInServer } from './mutants';

serveInstallation(async (installation) => ({
  ...(await serve(plantInServer(installation, process.env['FEEDS_BUG']))),
  answer: () => ({ memory: livingBytes() }),
}));
