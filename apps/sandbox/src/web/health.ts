import { Router } from 'express';

/**
 * `GET /health/live` (the process answers) and `GET /health/ready` (it can serve).
 * @param ready resolves to whether everything it needs is there
 */
export function healthRoutes(ready: () => Promise<boolean> | boolean = () => true): Router {
  const router = Router();
  router.get('/health/live', (_req, res) => void res.json({ status: 'live' }));
  router.get('/health/ready', async (_req, res) => {
    const isReady = await ready();
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not-ready' });
  });
  return router;
}
