using OrleansTicker.Gateway.Keys.Storage;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class KeyOptionsValidatorTests
{
    private static readonly KeyOptionsValidator Validator = new();

    [Theory]
    [InlineData("Sqlite", null)]
    [InlineData("sqlite", "")]
    [InlineData("PostgreSql", "Host=db;Database=orleansticker;Username=gateway;Password=secret")]
    [InlineData("postgresql", "Host=/run/postgresql")]
    public void A_place_for_the_keys_is_taken(string provider, string? connectionString) =>
        Assert.True(Validator.Validate(null, new() { Provider = provider, ConnectionString = connectionString }).Succeeded);

    [Theory]
    [InlineData("Oracle", null, "Keys:Provider is 'Oracle'; set it to Sqlite or PostgreSql")]
    [InlineData("", null, "Keys:Provider is ''; set it to Sqlite or PostgreSql")]
    [InlineData("PostgreSql", null, "set Keys:ConnectionString, such as")]
    [InlineData("PostgreSql", " ", "set Keys:ConnectionString, such as")]
    [InlineData("PostgreSql", "Password=secret", "Keys:ConnectionString cannot be read")]
    [InlineData("PostgreSql", "secret", "Keys:ConnectionString cannot be read")]
    [InlineData("PostgreSql", "Host=db;Port=secret", "Keys:ConnectionString cannot be read")]
    [InlineData("PostgreSql", "Host=db;secret=1", "Keys:ConnectionString cannot be read")]
    [InlineData("PostgreSql", "Host=db;Timeout=-1", "Keys:ConnectionString cannot be read")]
    [InlineData("PostgreSql", "Host=db;Password=secret;Target Session Attributes=primary", "Keys:ConnectionString is refused: Target Session Attributes")]
    [InlineData("PostgreSql", "Host=db;Password=secret;Minimum Pool Size=5;Maximum Pool Size=2", "'Max Pool Size' 2 under 'Min Pool Size' 5; write it")]
    [InlineData("PostgreSql", "Host=db;Password=secret;Multiplexing=true;Pooling=false", "Keys:ConnectionString is refused: Pooling must be on")]
    [InlineData("PostgreSql", "Host=db;Password=secret;SSL Negotiation=direct;SSL Mode=Prefer", "Keys:ConnectionString is refused: SSL Mode")]
    [InlineData("PostgreSql", "Host=x:notaport", "Keys:ConnectionString is refused: a port must be a number from 1 to 65535")]
    [InlineData("PostgreSql", "Host=user:secret@db", "Keys:ConnectionString is refused: a port must be a number from 1 to 65535")]
    [InlineData("PostgreSql", "Host=a:1,b:", "Keys:ConnectionString is refused: a port must be a number from 1 to 65535")]
    [InlineData("Sqlite", "Host=db;Password=secret", "Keys:ConnectionString is set, but Keys:Provider is Sqlite")]
    public void Anything_else_is_refused_with_a_sentence_that_repeats_no_secret(string provider, string? connectionString, string sentence)
    {
        var result = Validator.Validate(null, new() { Provider = provider, ConnectionString = connectionString });

        Assert.Contains(sentence, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data/")]
    [InlineData("a\0b")]
    public void A_path_that_names_no_file_is_refused(string path) =>
        Assert.Contains("Keys:Path names no file", Validator.Validate(null, new() { Path = path }).FailureMessage, StringComparison.Ordinal);
}
