# The service with DATABASE_URL pointing at a PostgreSQL beside it; see compose.yaml.
FROM node:20-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:20-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 DATA_FOLDER=/data
RUN mkdir /data && chown node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["node", "dist/src/cli/main.js"]
CMD ["serve"]
