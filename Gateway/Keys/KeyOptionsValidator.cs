using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Keys;

/// <summary>Stops a start without a file for the API keys.</summary>
internal sealed class KeyOptionsValidator : IValidateOptions<KeyOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyOptions options) =>
        string.IsNullOrWhiteSpace(options.Path) || options.Path.Contains('\0', StringComparison.Ordinal)
            || string.IsNullOrEmpty(Path.GetFileName(options.Path))
            ? ValidateOptionsResult.Fail("Keys:Path names no file; set it to the SQLite file of the API keys, such as data/keys.db")
            : ValidateOptionsResult.Success;
}
