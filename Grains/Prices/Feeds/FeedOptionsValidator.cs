using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>Checks the <see cref="FeedOptions"/> of an exchange.</summary>
internal sealed class FeedOptionsValidator : IValidateOptions<FeedOptions>
{
    private const int MaxProducts = 5000;

    public ValidateOptionsResult Validate(string? name, FeedOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.CheckLists(options.NoLists);
        CheckAddress(nameof(options.Url), options.Url, "wss", "ws");
        CheckAddress(nameof(options.ProductsUrl), options.ProductsUrl, "https", "http");
        result.CheckRange($"The number of {Key(nameof(options.Products))}", options.Products.Count, 0, MaxProducts);
        foreach (var product in options.Products.Where(product => !SettingChecks.IsPair(product)))
        {
            result.AddError($"{Key(nameof(options.Products))} has '{product}'; set it to two currencies and a hyphen between them, such as BTC-USD.");
        }

        result.CheckRange(Key(nameof(options.ConnectTimeout)), options.ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        if (options.SilenceTimeout is { } silence)
        {
            result.CheckRange(Key(nameof(options.SilenceTimeout)), silence, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));
        }

        result.CheckRange(
            Key(nameof(options.FirstRetryDelay)), options.FirstRetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        result.CheckRange(Key(nameof(options.MaxRetryDelay)), options.MaxRetryDelay, options.FirstRetryDelay, TimeSpan.FromMinutes(10));
        if (options.MaxMessageBytes is { } bytes)
        {
            result.CheckRange(Key(nameof(options.MaxMessageBytes)), bytes, 1024, 4 * 1024 * 1024);
        }

        return result.Build();

        string Key(string property) => $"{FeedOptions.SectionOf(name ?? "")}:{property}";

        void CheckAddress(string property, string? address, string secure, string plain)
        {
            if (address is not null && !(Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == secure || url.Scheme == plain)))
            {
                result.AddError($"{Key(property)} is '{address}'; set it to an address that begins with {secure}:// or {plain}://.");
            }
        }
    }
}
