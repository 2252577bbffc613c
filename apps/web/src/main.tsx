import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isPassing } from './api/problem';
import './design/base.css';
import './design/shell.css';
import './design/parts.css';
import './design/forms.css';
import './design/reading.css';
import './design/landing.css';
import './design/desks.css';
import './design/audit.css';
import { startLanguage } from './i18n/language';
import { router } from './router';
import { followWriter } from './session/drafts';
import { startTheme } from './shell/theme';

const RETRIES = 3;

const cache = new QueryClient({
  defaultOptions: {
    queries: { retry: (failures, fault) => failures < RETRIES && isPassing(fault), staleTime: 10_000 },
    mutations: { retry: false },
  },
});

startTheme();
startLanguage();
followWriter();
createRoot(document.getElementById('site')!).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
