// Talks to the gateway with OpenAI's own client for JavaScript, and prints what it understood as JSON.
import OpenAI from "openai";

const client = new OpenAI({ maxRetries: 0 }); // OPENAI_BASE_URL and OPENAI_API_KEY
const question = { model: "house", messages: [{ role: "user", content: "Why?" }] };
const seen = {};

const whole = await client.chat.completions.create(question);
seen.whole = whole.choices[0].message.content;
seen.tokens = whole.usage.total_tokens;

seen.parts = [];
for await (const chunk of await client.chat.completions.create({ ...question, stream: true })) {
  seen.parts.push(chunk.choices[0].delta.content);
}

const tool = await client.chat.completions.create({
  ...question,
  tools: [{ type: "function", function: { name: "ask", parameters: { type: "object", properties: {} } } }],
  tool_choice: { type: "function", function: { name: "ask" } },
});
seen.tool = tool.choices[0].message.tool_calls[0].function.name;

const response = await client.responses.create({ model: "house", input: "Why?" });
seen.response = response.output_text;
seen.responseTypes = [];
for await (const event of await client.responses.create({ model: "house", input: "Why?", stream: true })) {
  seen.responseTypes.push(event.type);
}

const vectors = await client.embeddings.create({ model: "all-minilm-l6-v2", input: ["one", "two"] });
seen.widths = vectors.data.map((each) => each.embedding.length);

seen.models = [];
for await (const model of client.models.list()) {
  seen.models.push(model.id);
}

try {
  await client.chat.completions.create({ ...question, model: "nobody" });
} catch (error) {
  seen.error = [error.constructor.name, error.status, error.code];
}

console.log(JSON.stringify(seen));
