using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>Checks <see cref="ReplayOptions"/>, and that the recording can be opened.</summary>
internal sealed class ReplayOptionsValidator : IValidateOptions<ReplayOptions>
{
    public ValidateOptionsResult Validate(string? name, ReplayOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.CheckRange(Key(nameof(options.Speed)), options.Speed, 0.01, 10_000);
        result.CheckRange(Key(nameof(options.MaxGap)), options.MaxGap, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        CheckFile(result, options.Path);
        return result.Build();
    }

    private static void CheckFile(ValidateOptionsResultBuilder result, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            result.AddError($"{Key(nameof(ReplayOptions.Path))} is empty; set it to the recording that is to be played.");
            return;
        }

        try
        {
            using var reader = RecordingReader.Open(path);
            if (reader.FindForeignEncoding() is { } encoding)
            {
                result.AddError($"{Key(nameof(ReplayOptions.Path))} is '{path}', which is {encoding}, or set it to another recording.");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            result.AddError($"{Key(nameof(ReplayOptions.Path))} is '{path}', which cannot be read ({fault.Message}); " +
                "set it to an existing recording.");
        }
    }

    private static string Key(string property) => $"{ReplayOptions.Section}:{property}";
}
