/** What crosses between processes of an error: by its name and code whoever answers tells a lost server from a fault of ours. */
export interface ToldFault {
  readonly name: string;
  readonly code: string | undefined;
  readonly message: string;
}

export const toldFault = (fault: unknown): ToldFault => {
  if (!(fault instanceof Error)) return { name: 'Error', code: undefined, message: String(fault) };
  const { name, message } = fault;
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;
  return { name, code, message };
};

export const faultOf = ({ name, code, message }: ToldFault): Error =>
  Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
