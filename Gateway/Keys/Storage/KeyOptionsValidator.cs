using Microsoft.Extensions.Options;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>Validates where the API keys are stored.</summary>
internal sealed class KeyOptionsValidator : IValidateOptions<KeyOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyOptions options)
    {
        var error = ErrorOf(options);
        return error is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(error);
    }

    private static string? ErrorOf(KeyOptions options)
    {
        if (!SqliteFile.IsNamedBy(options.Path))
        {
            return "Keys:Path names no file; set it to the SQLite file of the API keys, such as data/keys.db";
        }

        if (options.IsProvider(KeyOptions.Sqlite))
        {
            return string.IsNullOrWhiteSpace(options.ConnectionString)
                ? null
                : $"Keys:ConnectionString is set, but Keys:Provider is {KeyOptions.Sqlite}: set it to {KeyOptions.PostgreSql}, or remove the connection string";
        }

        return options.IsProvider(KeyOptions.PostgreSql)
            ? PostgreSqlSource.ErrorOf(KeyOptions.Section, options.ConnectionString)
            : $"Keys:Provider is '{options.Provider}'; set it to {KeyOptions.Sqlite} or {KeyOptions.PostgreSql}";
    }
}
