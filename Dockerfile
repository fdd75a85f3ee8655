# One image for web, worker and migrations: the command says which (docker-compose.yml).
FROM node:20.20-bookworm-slim AS build
WORKDIR /site
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:20.20-bookworm-slim
ENV NODE_ENV=production DEPLOYMENT_MODE=production HOST=0.0.0.0 PORT=3000 \
    # Hashing a password takes a thread of the pool: the default of 4 would hold up file and name look-ups.
    UV_THREADPOOL_SIZE=8
WORKDIR /site
COPY --from=build /site/package.json ./
COPY --from=build /site/node_modules ./node_modules
COPY --from=build /site/build ./build
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "build/web.js"]
