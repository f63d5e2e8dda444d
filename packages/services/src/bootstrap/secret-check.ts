/** A value of the installation by which a start notices that ROLLCALL_SECRET is another one. */
export const SECRET_CHECK = { key: 'secret-check', plaintext: 'rollcall', context: 'installation/secret-check' };
