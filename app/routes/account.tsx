/** 「お客様情報」: the frame of its tabs. Guards stand in every page's own loader (S49). */
import { Outlet } from '@remix-run/react';
import { AccountTabs } from '../components/account-tabs.tsx';

export default function AccountLayout() {
  return (
    <>
      <AccountTabs />
      <Outlet />
    </>
  );
}
