using OrleansTicker.Grains.Hosting;

return await StartFailure.RunAsync("The silo", Build, Console.Error);

IHost Build()
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.AddHeadlessTickerSilo();
    return builder.Build();
}
