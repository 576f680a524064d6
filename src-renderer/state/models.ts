// What can be done to a model, wherever it is shown.
import { call } from '../bridge/bridge.ts';

class Models {
  async rename(id: string, name: string): Promise<void> {
    await call('models.rename', { id, name });
  }

  async delete(id: string): Promise<void> {
    await call('models.delete', { id });
  }

  async restore(id: string): Promise<void> {
    await call('models.restore', { id });
  }
}

export const models = new Models();
