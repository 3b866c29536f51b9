import type { Api } from '../core/server.ts';
import { AdminPages } from './AdminPages.tsx';
import type { AdminPart } from './routes.ts';

interface AdministrationProps {
  api: Api;
  part: AdminPart;
}

export function Administration({ api, part }: AdministrationProps) {
  return <AdminPages>{({ AdminPage }) => <AdminPage api={api} part={part} />}</AdminPages>;
}
