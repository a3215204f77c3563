import {readFileSync, writeFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {main} from "assemblyscript/asc";

const folder = new URL("../forest/kernel/", import.meta.url);

/** The text of `lib/forest/kernel/module.ts`: what `assembly.ts` compiles to, the same on every machine. Throws on errors. */
export async function compileKernel(): Promise<string> {
  const source = readFileSync(new URL("assembly.ts", folder), "utf8");
  let module = "";
  const {error, stderr} = await main(
    ["assembly.ts", "--outFile", "module.wasm", "-O3", "--runtime", "stub", "--enable", "simd", "--noAssert"],
    {
      readFile: (name) => (name === "assembly.ts" ? source : null),
      writeFile: (_, contents) => {
        module = Buffer.from(contents).toString("base64");
      },
      listFiles: () => []
    }
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr}`);
  return `// Compiled from assembly.ts by \`npm run kernel\`.
export const kernelModule =
  "${module}";
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL("module.ts", folder), await compileKernel());
