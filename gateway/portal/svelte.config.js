/** What the compiler, the type check and editors read. */
export default { compilerOptions: { runes: true } };
