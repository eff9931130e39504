using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Prices.Exchanges.Catalog;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>Checks <see cref="ReplayOptions"/>, and that the recordings can be opened.</summary>
internal sealed class ReplayOptionsValidator : IValidateOptions<ReplayOptions>
{
    public ValidateOptionsResult Validate(string? name, ReplayOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.CheckRange(Key(nameof(options.Speed)), options.Speed, 0.01, 10_000);
        result.CheckRange(Key(nameof(options.MaxGap)), options.MaxGap, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        if (options.IsMarket)
        {
            CheckRecordings(result, options);
        }
        else if (string.IsNullOrWhiteSpace(options.Path))
        {
            result.AddError($"{Key(nameof(options.Path))} is empty; set it to the recording that is to be played, " +
                $"or {Key(nameof(options.Recordings))}:<exchange> to a recording of each exchange.");
        }
        else
        {
            CheckExchange(result, Key(nameof(options.Exchange)), options.Exchange);
            CheckFile(result, Key(nameof(options.Path)), options.Path);
        }

        return result.Build();
    }

    private static void CheckRecordings(ValidateOptionsResultBuilder result, ReplayOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.Path))
        {
            result.AddError($"{Key(nameof(options.Path))} and {Key(nameof(options.Recordings))} are both set; " +
                "set the first to play one recording, or the second to play those of several exchanges.");
        }

        foreach (var (exchange, path) in options.Recordings)
        {
            CheckExchange(result, $"The exchange of {Key(nameof(options.Recordings))}", exchange);
            CheckFile(result, $"{Key(nameof(options.Recordings))}:{exchange}", path);
        }
    }

    private static void CheckExchange(ValidateOptionsResultBuilder result, string key, string exchange)
    {
        if (ExchangeCatalog.Find(exchange) is null)
        {
            var known = ExchangeCatalog.All.Select(each => each.Name).ToList();
            result.AddError($"{key} is '{exchange}'; set it to {string.Join(", ", known[..^1])} or {known[^1]}.");
        }
    }

    private static void CheckFile(ValidateOptionsResultBuilder result, string key, string path)
    {
        try
        {
            using var reader = RecordingReader.Open(path);
            if (reader.FindForeignEncoding() is { } encoding)
            {
                result.AddError($"{key} is '{path}', which is {encoding}, or set it to another recording.");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            result.AddError($"{key} is '{path}', which cannot be read ({fault.Message}); set it to an existing recording.");
        }
    }

    private static string Key(string property) => $"{ReplayOptions.Section}:{property}";
}
