package io.baigong.gateway.proxy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.RelevanceScore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A store that holds a number of vectors and lets the oldest go for a new one. A search compares all of them. Scores are (1 + cosine)
 * / 2, as LangChain4j's stores give them. Thread-safe.
 *
 * <p>Filters are not looked at: what is here is of one owner.
 */
final class NewestVectors<E> implements EmbeddingStore<E> {
    private final int most;
    private final LinkedHashMap<String, Row<E>> rows = new LinkedHashMap<>();

    private record Row<E>(Embedding vector, @Nullable E embedded) {}

    /** @param most vectors that it holds */
    NewestVectors(int most) {
        this.most = most;
    }

    @Override
    public String add(Embedding vector) {
        return put(UUID.randomUUID().toString(), vector, null);
    }

    @Override
    public void add(String id, Embedding vector) {
        put(id, vector, null);
    }

    @Override
    public String add(Embedding vector, E embedded) {
        return put(UUID.randomUUID().toString(), vector, embedded);
    }

    @Override
    public List<String> addAll(List<Embedding> vectors) {
        return vectors.stream().map(this::add).toList();
    }

    private synchronized String put(String id, Embedding vector, @Nullable E embedded) {
        rows.remove(id);
        rows.put(id, new Row<>(vector, embedded));
        Iterator<String> oldest = rows.keySet().iterator();
        while (rows.size() > most) {
            oldest.next();
            oldest.remove();
        }
        return id;
    }

    @Override
    public synchronized void removeAll(Collection<String> ids) {
        ids.forEach(rows::remove);
    }

    /** The oldest, left where it is; null if there is none. */
    synchronized @Nullable E oldest() {
        Map.Entry<String, Row<E>> first = rows.firstEntry();
        return first == null ? null : first.getValue().embedded;
    }

    synchronized void removeOldest() {
        rows.pollFirstEntry();
    }

    synchronized int size() {
        return rows.size();
    }

    @Override
    public synchronized EmbeddingSearchResult<E> search(EmbeddingSearchRequest request) {
        var matches = new ArrayList<EmbeddingMatch<E>>();
        rows.forEach((id, row) -> {
            double score =
                    RelevanceScore.fromCosineSimilarity(CosineSimilarity.between(row.vector, request.queryEmbedding()));
            if (score >= request.minScore()) {
                matches.add(new EmbeddingMatch<>(score, id, row.vector, row.embedded));
            }
        });
        matches.sort(Comparator.comparing(EmbeddingMatch<E>::score).reversed());
        return new EmbeddingSearchResult<>(
                List.copyOf(matches.subList(0, Math.min(matches.size(), request.maxResults()))));
    }
}
