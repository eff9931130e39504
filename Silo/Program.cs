using OrleansTicker.Grains.Hosting;

return await StartFailure.RunAsync("The silo", () =>
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.AddHeadlessTickerSilo();
    return builder.Build();
});
