export const greeting = (age: number): string => `open for ${age} ms`;
