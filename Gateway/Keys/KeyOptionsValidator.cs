using Microsoft.Extensions.Options;
using Npgsql;

namespace OrleansTicker.Gateway.Keys;

/// <summary>Stops a start without a place for the API keys.</summary>
internal sealed class KeyOptionsValidator : IValidateOptions<KeyOptions>
{
    private const string Example = "such as Host=db;Database=orleansticker;Username=gateway;Password=…";

    public ValidateOptionsResult Validate(string? name, KeyOptions options)
    {
        var error = ErrorOf(options);
        return error is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(error);
    }

    private static string? ErrorOf(KeyOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Path) || options.Path.Contains('\0', StringComparison.Ordinal)
            || string.IsNullOrEmpty(Path.GetFileName(options.Path)))
        {
            return "Keys:Path names no file; set it to the SQLite file of the API keys, such as data/keys.db";
        }

        var hasConnectionString = !string.IsNullOrWhiteSpace(options.ConnectionString);
        if (options.IsProvider(KeyOptions.Sqlite))
        {
            return hasConnectionString
                ? $"Keys:ConnectionString is set, but Keys:Provider is {KeyOptions.Sqlite}: set it to {KeyOptions.PostgreSql}, or remove the connection string"
                : null;
        }

        if (!options.IsProvider(KeyOptions.PostgreSql))
        {
            return $"Keys:Provider is '{options.Provider}'; set it to {KeyOptions.Sqlite} or {KeyOptions.PostgreSql}";
        }

        return !hasConnectionString ? $"Keys:Provider is {KeyOptions.PostgreSql}: set Keys:ConnectionString, {Example}"
            : !CanBeRead(options.ConnectionString!) ? $"Keys:ConnectionString cannot be read; write it in Npgsql's words, {Example}"
            : null;
    }

    // What is wrong with it stays untold: the reason may quote a password.
    private static bool CanBeRead(string connectionString)
    {
        try
        {
            return !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connectionString).Host);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }
}
