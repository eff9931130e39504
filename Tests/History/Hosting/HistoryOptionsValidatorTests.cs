using OrleansTicker.History;
using OrleansTicker.History.Hosting;

namespace OrleansTicker.Tests.History.Hosting;

public sealed class HistoryOptionsValidatorTests
{
    private static readonly HistoryOptionsValidator Validator = new();

    [Theory]
    [InlineData("Sqlite", null)]
    [InlineData("sqlite", "")]
    [InlineData("NONE", null)]
    [InlineData("PostgreSql", "Host=db;Database=orleansticker;Username=silo;Password=secret")]
    public void A_place_for_the_history_is_taken(string provider, string? connectionString) =>
        Assert.True(Validator.Validate(null, new() { Provider = provider, ConnectionString = connectionString }).Succeeded);

    [Theory]
    [InlineData("Oracle", null, "History:Provider is 'Oracle'; set it to Sqlite, PostgreSql or None")]
    [InlineData("PostgreSql", null, "History:Provider is PostgreSql: set History:ConnectionString, such as")]
    [InlineData("PostgreSql", "Password=secret", "History:ConnectionString cannot be read")]
    [InlineData("PostgreSql", "Host=db;Password=secret;Multiplexing=true;Pooling=false", "History:ConnectionString is refused: Pooling must be on")]
    [InlineData("Sqlite", "Host=db;Password=secret", "History:ConnectionString is set, but History:Provider is Sqlite: set it to PostgreSql")]
    [InlineData("None", "Host=db;Password=secret", "History:ConnectionString is set, but History:Provider is None: set it to PostgreSql")]
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
        Assert.Contains("History:Path names no file", Validator.Validate(null, new() { Path = path }).FailureMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData("00:09:59", "2", "3", null, "History:KeepSeconds must be between 00:10:00 and 36500.00:00:00.")]
    [InlineData("00:10:00", "1.23:59:59", "3", null, "History:KeepMinutes must be between 2.00:00:00 and 36500.00:00:00.")]
    [InlineData("00:10:00", "2", "2.23:59:59", null, "History:KeepHours must be between 3.00:00:00 and 36500.00:00:00.")]
    [InlineData("00:10:00", "2", "3", "29", "History:KeepDays must be between 30.00:00:00 and 36500.00:00:00.")]
    [InlineData("36501", "2", "3", "30", "History:KeepSeconds must be between 00:10:00 and 36500.00:00:00.")]
    [InlineData("00:10:00", "2", "3", "30", null)]
    [InlineData("00:10:00", "2", "3", null, null)]
    public void Times_have_a_range(string seconds, string minutes, string hours, string? days, string? sentence)
    {
        static TimeSpan Time(string text) => TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        var result = Validator.Validate(
            null,
            new() { KeepSeconds = Time(seconds), KeepMinutes = Time(minutes), KeepHours = Time(hours), KeepDays = days is null ? null : Time(days) });

        Assert.Equal(sentence, result.FailureMessage);
    }
}
