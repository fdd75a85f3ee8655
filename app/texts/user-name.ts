/** ユーザ名, at the set-up and at 登録情報変更. */
import type { UserNameFault } from '../../domain/user-name.ts';

export const userNameTexts = {
  label: 'ユーザ名',
  hint: '画面やメールに表示されるお名前です。',
} as const;

export const userNameFaults: Record<UserNameFault, string> = {
  required: 'ユーザ名を入力してください',
  'too-long': 'ユーザ名は60文字以内で入力してください',
  'unsafe-character': 'ユーザ名に使用できない文字が含まれています。入力し直してください',
};
