export { type Parity, parityOf } from './parity.ts';
export { type SimulationDeps, simulateClients } from './simulate-clients.ts';
export type * from './types.ts';
export { SIMULATED_CLIENTS } from './types.ts';
