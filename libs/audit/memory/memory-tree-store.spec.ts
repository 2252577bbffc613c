import { treeStoreContract } from '../tree-store.contract';
import { MemoryTreeStore } from './memory-tree-store';

describe('a tree in memory', () => {
  let last: MemoryTreeStore;
  treeStoreContract(
    async () => (last = new MemoryTreeStore()),
    async () => last,
  );
});
