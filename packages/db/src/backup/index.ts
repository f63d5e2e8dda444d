export { type RestoreOutcome, readBackup } from './read-backup.ts';
export { type BackupOutcome, writeBackup } from './write-backup.ts';
