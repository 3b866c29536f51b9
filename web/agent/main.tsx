import { render } from 'preact';
import '../styles/index.css';
import { App } from './App.tsx';
import { dress } from './looks.ts';
import { Door } from './session.ts';

await dress();
const door = new Door();
render(<App door={door} />, document.getElementById('app')!);
await door.start();
