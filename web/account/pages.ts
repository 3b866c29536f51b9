/** What is fetched when somebody comes to see to his account. */
export { AccountPage } from './AccountPage.tsx';
export { ForgottenPage } from './ForgottenPage.tsx';
export { LinkPage } from './LinkPage.tsx';
export { OwedPage } from './OwedPage.tsx';
