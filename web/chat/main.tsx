import { ownPage } from '../widget/host.ts';
import { show, snippetHere } from '../widget/show.tsx';
import './page.css';

const snippet = snippetHere();
await show(snippet, ownPage(snippet));
