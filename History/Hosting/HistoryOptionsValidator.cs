using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.Hosting;

/// <summary>Validates where candles are kept, and for how long.</summary>
internal sealed class HistoryOptionsValidator : IValidateOptions<HistoryOptions>
{
    private static readonly TimeSpan LeastSeconds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LeastMinutes = TimeSpan.FromDays(2);
    private static readonly TimeSpan LeastHours = TimeSpan.FromDays(3);
    private static readonly TimeSpan LeastDays = TimeSpan.FromDays(30);
    private static readonly TimeSpan Most = TimeSpan.FromDays(36_500);

    public ValidateOptionsResult Validate(string? name, HistoryOptions options)
    {
        List<string> errors =
        [
            .. ErrorOfPlace(options) is { } error ? [error] : Array.Empty<string>(),
            .. ErrorsOfTime(nameof(options.KeepSeconds), options.KeepSeconds, LeastSeconds),
            .. ErrorsOfTime(nameof(options.KeepMinutes), options.KeepMinutes, LeastMinutes),
            .. ErrorsOfTime(nameof(options.KeepHours), options.KeepHours, LeastHours),
            .. ErrorsOfTime(nameof(options.KeepDays), options.KeepDays ?? Most, LeastDays),
        ];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string? ErrorOfPlace(HistoryOptions options)
    {
        if (options.IsProvider(HistoryOptions.PostgreSql))
        {
            return PostgreSqlSource.ErrorOf(HistoryOptions.Section, options.ConnectionString);
        }

        if (!options.IsProvider(HistoryOptions.Sqlite) && !options.IsProvider(HistoryOptions.None))
        {
            return $"History:Provider is '{options.Provider}'; " +
                $"set it to {HistoryOptions.Sqlite}, {HistoryOptions.PostgreSql} or {HistoryOptions.None}";
        }

        if (!string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            return $"History:ConnectionString is set, but History:Provider is {options.Provider}: " +
                $"set it to {HistoryOptions.PostgreSql}, or remove the connection string";
        }

        return options.IsProvider(HistoryOptions.Sqlite) && !SqliteFile.IsNamedBy(options.Path)
            ? "History:Path names no file; set it to the SQLite file of the history, such as data/history.db"
            : null;
    }

    private static IEnumerable<string> ErrorsOfTime(string name, TimeSpan time, TimeSpan least)
    {
        if (time < least || time > Most)
        {
            yield return $"History:{name} must be between {least} and {Most}.";
        }
    }
}
