import { scalarPageBytes } from "../../src/engine/lib/page_bytes.ts";
import { registerPageBytesSuite } from "./page_bytes_suite.ts";

registerPageBytesSuite("scalar page bytes", scalarPageBytes);
