package vn.gov.quangngai.search;

import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.AbstractTokenizerFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.Plugin;

/** The parts of analysis that the server's own module has under the same names, as far as the portal's index uses them. */
public final class AnalysisPlugin extends Plugin implements org.elasticsearch.plugins.AnalysisPlugin {
    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "asciifolding", (index, environment, name, settings) -> new Filter(name, ASCIIFoldingFilter::new),
            "edge_ngram", (index, environment, name, settings) -> {
                int least = settings.getAsInt("min_gram", 1), most = settings.getAsInt("max_gram", 2);
                return new Filter(name, stream -> new EdgeNGramTokenFilter(stream, least, most, false));
            },
            "stemmer", (index, environment, name, settings) -> new Filter(name, stemmer(settings)));
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of("keyword", (index, environment, name, settings) -> new Keyword(name));
    }

    private static Function<TokenStream, TokenStream> stemmer(Settings settings) {
        return switch (settings.get("language", "english")) {
            case "english" -> PorterStemFilter::new;
            case "possessive_english" -> EnglishPossessiveFilter::new;
            default -> throw new IllegalArgumentException("No stemmer for " + settings.get("language"));
        };
    }

    private static final class Filter extends AbstractTokenFilterFactory {
        private final Function<TokenStream, TokenStream> make;

        Filter(String name, Function<TokenStream, TokenStream> make) {
            super(name);
            this.make = make;
        }

        @Override
        public TokenStream create(TokenStream stream) {
            return make.apply(stream);
        }

        @Override
        public TokenStream normalize(TokenStream stream) {
            return create(stream);
        }
    }

    private static final class Keyword extends AbstractTokenizerFactory {
        Keyword(String name) {
            super(name);
        }

        @Override
        public Tokenizer create() {
            return new KeywordTokenizer();
        }
    }
}
