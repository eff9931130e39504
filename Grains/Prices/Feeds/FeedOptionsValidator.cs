using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>Checks the <see cref="FeedOptions"/> of an exchange.</summary>
/// <param name="section">The section of the configuration.</param>
internal abstract class FeedOptionsValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : FeedOptions
{
    private const int MaxProducts = 500;

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("ws" or "wss"))
        {
            result.AddError($"{Key(nameof(options.Url))} is '{options.Url}'; set it to an address that begins with wss:// or ws://.");
        }

        result.CheckRange($"The number of {Key(nameof(options.Products))}", options.Products.Count, 1, MaxProducts);
        foreach (var product in options.Products)
        {
            result.CheckSymbol(Key(nameof(options.Products)), product);
        }

        result.CheckRange(Key(nameof(options.ConnectTimeout)), options.ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        result.CheckRange(Key(nameof(options.SilenceTimeout)), options.SilenceTimeout, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));
        result.CheckRange(
            Key(nameof(options.FirstRetryDelay)), options.FirstRetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        result.CheckRange(Key(nameof(options.MaxRetryDelay)), options.MaxRetryDelay, options.FirstRetryDelay, TimeSpan.FromMinutes(10));
        result.CheckRange(Key(nameof(options.MaxMessageBytes)), options.MaxMessageBytes, 1024, 4 * 1024 * 1024);
        return result.Build();
    }

    private string Key(string property) => $"{section}:{property}";
}
